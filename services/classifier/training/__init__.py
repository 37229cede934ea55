"""How a model is learnt from labelled texts: kernel ridge regression, then calibration."""
