"""The robot in MuJoCo: body, sensors, camera, line scanner."""
