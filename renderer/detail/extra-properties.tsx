import type { ReactNode } from 'react';
import { isSafeAddress } from '../../shared/text.ts';
import { displayProperties, type DisplayProperty } from '../../shared/vcard/card-display.ts';
import type { DetailKind } from '../../shared/vcard/detail-kind.ts';
import { companySource, jobTitleSource } from '../../shared/vcard/occupation.ts';
import classes from './contact-fields.module.css';
import { mailLink, phoneLink, websiteLink } from './links.ts';
import { Marked } from './marked.tsx';
import { OutsideLink, Property } from './property.tsx';

interface ExtraProps {
  extra: Record<string, unknown>;
}

/** 'Head of Research · Some Company', of what is known. */
export function Occupation({ extra }: ExtraProps): ReactNode {
  const [job, company] = [jobTitleSource(extra)?.value, companySource(extra)?.value];
  if (job === undefined && company === undefined) return null;
  return (
    <p className={classes.occupation}>
      {job !== undefined && <bdi><Marked text={job} /></bdi>}
      {job !== undefined && company !== undefined && ' · '}
      {company !== undefined && <bdi><Marked text={company} /></bdi>}
    </p>
  );
}

/** Further e-mails, phones or links, to stand right after the contact's own. */
export function FurtherReach({ extra, kind }: ExtraProps & { kind: DetailKind }): ReactNode {
  return <Properties properties={displayProperties(extra).filter((property) => property.kind === kind)} />;
}

/** What an import brought that no field holds and nothing leads to. It is kept, and exported again. */
export function ExtraProperties({ extra }: ExtraProps): ReactNode {
  const properties = displayProperties(extra)
    .filter(({ kind }) => kind === 'date' || kind === 'text')
    .filter((property) => !isInHeader(extra, property));
  if (properties.length === 0) return null;
  return (
    <section className={classes.section} aria-label="Further properties">
      <dl className={classes.properties}><Properties properties={properties} /></dl>
    </section>
  );
}

/** Whether the header says it already: a company without departments, a job. */
function isInHeader(extra: Record<string, unknown>, { place, value }: DisplayProperty): boolean {
  return [companySource(extra), jobTitleSource(extra)].some((source) =>
    source !== undefined && source.value === value && JSON.stringify(source.place) === JSON.stringify(place));
}

function Properties({ properties }: { properties: readonly DisplayProperty[] }): ReactNode {
  // The same label may come several times: only the order tells them apart.
  return properties.map(({ label, value, kind }, order) => (
    <Property key={order} label={label} copy={value}><Value value={value} kind={kind} /></Property>
  ));
}

function Value({ value, kind }: Pick<DisplayProperty, 'value' | 'kind'>): ReactNode {
  const address = addressOf(value, kind);
  const text = <bdi className={classes.lines}><Marked text={value} isNumber={kind === 'tel'} /></bdi>;
  return address === null ? text : <OutsideLink address={address}>{text}</OutsideLink>;
}

function addressOf(value: string, kind: DetailKind): string | null {
  if (kind === 'mail') return mailLink(value);
  if (kind === 'tel') return phoneLink(value);
  return kind === 'url' && isSafeAddress(value) ? websiteLink(value) : null;
}
