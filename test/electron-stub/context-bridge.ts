interface ContextBridge {
  exposeInMainWorld(name: string, api: unknown): void;
}

/**
 * Makes a contextBridge that hands over values as the real one does: functions become proxies, everything else is a
 * copy without prototypes, and the API is frozen. `expose` puts the result on the page's global object.
 * The function is sent to pages as source text, so it may use nothing from outside itself.
 */
export function createContextBridge(expose: (name: string, value: unknown) => void): ContextBridge {
  type AnyFunction = (...args: unknown[]) => unknown;

  const proxyFunction =
    (target: AnyFunction): AnyFunction =>
    (...args) =>
      copy(target(...args.map((argument) => copy(argument))));

  const proxyPromise = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      (value) => copy(value),
      (error: unknown) => {
        throw error instanceof Error ? new Error(error.message) : copy(error);
      },
    );

  const copy = (value: unknown, seen = new Map<unknown, unknown>()): unknown => {
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.');
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
    if (seen.has(value)) return seen.get(value);
    if (value instanceof Promise) return proxyPromise(value);
    if (value instanceof Node) return value;

    if (typeof value === 'function') {
      const proxy = proxyFunction(value as AnyFunction);
      seen.set(value, proxy);
      return proxy;
    }
    if (Array.isArray(value)) {
      const copied: unknown[] = [];
      seen.set(value, copied);
      for (const member of value) copied.push(copy(member, seen));
      return copied;
    }
    // Dates, maps, buffers, files and errors are cloned whole.
    if (Object.prototype.toString.call(value) !== '[object Object]') return structuredClone(value);

    const copied: Record<string, unknown> = {};
    seen.set(value, copied);
    for (const [key, member] of Object.entries(value)) {
      // An own __proto__ stays an own property: assigned, it would become the prototype.
      Object.defineProperty(copied, key, { value: copy(member, seen), enumerable: true, writable: true, configurable: true });
    }
    return copied;
  };

  const freeze = (value: unknown): unknown => {
    if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value) && !Object.isFrozen(value)) {
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    }
    return value;
  };

  return { exposeInMainWorld: (name, api) => expose(name, freeze(copy(api))) };
}
