"""Line readers behind one Protocol: the only place that imports a recognition runtime."""
