import type { SimulationOptions } from './simulation.ts';

/** Sync with a rule left out: the simulation must find what is lost then. */
export const variants: Record<string, Pick<SimulationOptions, 'rules' | 'clientIds'>> = {
  'no watch window': { rules: { watchMs: 0 } },
  'whole records, written blindly': { rules: { readBeforeWrite: false } },
  'no reading after writing': { rules: { readAfterWrite: false } },
  'a doubtful creation without a base': { rules: { doubtfulCreateHasBase: false } },
  'ids of the server, repeated blindly': { clientIds: false, rules: { lookBeforeRepeat: false } },
};
