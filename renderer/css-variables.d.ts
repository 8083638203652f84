import 'react';

declare module 'react' {
  interface CSSProperties {
    /** CSS variables may be given to a `style` like any other property. */
    [variable: `--${string}`]: string | number | undefined;
  }
}
