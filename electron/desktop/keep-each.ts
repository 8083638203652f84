/** Remembers what `make` gave for each argument: for few arguments and results that are dear to make. */
export function keepEach<A, R>(make: (argument: A) => R): (argument: A) => R {
  const kept = new Map<A, R>();
  return (argument) => {
    if (!kept.has(argument)) kept.set(argument, make(argument));
    return kept.get(argument) as R;
  };
}
