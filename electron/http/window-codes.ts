import { makeSecret } from '../tokens/secret.ts';

/** Codes that let a browser window in; each works once. */
export interface WindowCodes {
  make(): string;
  /** Whether the code is one of these; then it is used up. */
  claim(code: string): boolean;
}

export function createWindowCodes(): WindowCodes {
  const codes = new Set<string>();
  return {
    make() {
      const code = makeSecret();
      codes.add(code);
      return code;
    },
    claim: (code) => codes.delete(code),
  };
}
