"""Stage 2: finds where in a photo a machine readable zone may be."""
