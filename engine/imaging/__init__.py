"""What every stage with pixels needs: views of a part of the photo, scaling, percentiles, networks."""
