/** An event whose default action a listener may prevent, as Electron passes it first to its listeners. */
export interface CancelableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** Makes a cancelable event with the given details as its properties. */
export function cancelableEvent<Details extends object>(details: Details): Details & CancelableEvent {
  let prevented = false;
  return Object.defineProperties({ ...details } as Details & CancelableEvent, {
    defaultPrevented: { get: () => prevented, enumerable: true },
    preventDefault: { value: () => { prevented = true; } },
  });
}
