// How far an item may be relied on: as the engine says, unless the two zones differ in it or nothing was found.
export function certaintyOf(item, reading) {
  if (contradictionOf(item, reading)) return "differs";
  return item.value ? item.certainty : "missing";
}

export const contradictionOf = (item, reading) => reading.contradictions.find((one) => one.item === item.item);
