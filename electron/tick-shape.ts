import { createHook } from 'node:async_hooks';

/** Never read: it is enough that it lives. */
const kept: object[] = [];

/**
 * Keeps one of the objects that `process.nextTick` makes. V8 forgets their shape when a collection of garbage meets none
 * of them, and from then on makes each by its slowest way, a microsecond instead of a tenth; a request makes seven.
 */
export function keepTickShape(): void {
  if (kept.length > 0) return;
  const hook = createHook({
    init(_id, type, _trigger, resource) {
      if (type === 'TickObject') kept.push(resource);
    },
  });
  hook.enable();
  process.nextTick(() => undefined);
  hook.disable();
}
