import type { ReactNode } from 'react';
import { displayProperties } from '../../shared/vcard/card-display.ts';
import classes from './contact-fields.module.css';
import { Property } from './property.tsx';

/** What an import brought that no field holds. It is kept, and exported again. */
export function ExtraProperties({ extra }: { extra: Record<string, unknown> }): ReactNode {
  const properties = displayProperties(extra);
  if (properties.length === 0) return null;
  return (
    <section className={classes.section} aria-label="Further properties">
      <dl className={classes.properties}>
        {/* The same label may come several times: only the order tells them apart. */}
        {properties.map(({ label, value }, order) => (
          <Property key={order} label={label} copy={value}><bdi className={classes.address}>{value}</bdi></Property>
        ))}
      </dl>
    </section>
  );
}
