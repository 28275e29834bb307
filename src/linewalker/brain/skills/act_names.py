"""What our acts are called, for whoever reads orders or files and moves nothing: the acts themselves load the robot."""

ACT_NAMES = ("go_to", "wait", "say", "bow", "gather")
