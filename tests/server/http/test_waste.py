from server.http.waste import WASTE_BYTES_PER_SECOND, Waste


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_all_connections_together_are_held_to_the_rate() -> None:
    clock = Clock()
    waste = Waste(clock)
    piece = WASTE_BYTES_PER_SECOND // 4
    assert [waste.pause_after(piece) for _ in range(3)] == [0.25, 0.5, 0.75]
    clock.now += 10
    assert waste.pause_after(piece) == 0.25  # nothing is saved up
