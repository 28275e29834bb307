"""Cerebellum 小脑: state estimation, gait, whole-body control, reach and stopping."""
