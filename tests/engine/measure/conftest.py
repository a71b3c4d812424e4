from tests.benchmarks.conftest import dataset

__all__ = ["dataset"]
