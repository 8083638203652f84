import { Fragment, Suspense, type ReactNode } from 'react';
import type { Contact } from '../../shared/contact.ts';
import { lazy } from '../app/lazy.ts';
import { budgetWords, inviteWords, longTime } from '../contacts/contact-words.ts';
import { TagLabel } from '../contacts/tag-label.tsx';
import classes from './contact-fields.module.css';
import { linkedPieces } from './linked-text.ts';
import { addressLines, mailLink, mapLink, phoneLink, websiteLink } from './links.ts';
import { Marked } from './marked.tsx';
import { MissingLinks } from './missing-links.tsx';
import { OutsideLink, Property } from './property.tsx';

const ExtraProperties = lazy(async () => {
  const { ExtraProperties: component } = await import('./extra-properties.tsx');
  return { default: component };
});

const FurtherReach = lazy(async () => {
  const { FurtherReach: component } = await import('./extra-properties.tsx');
  return { default: component };
});

/** All that the book knows of a contact, in the order in which people look for it. Empty fields take no room. */
export function ContactFields({ contact }: { contact: Contact }): ReactNode {
  const { contact: place, tags = [], members = [], projects = [], invoices = [], extra } = contact;
  const person = [place?.firstName, place?.lastName].filter(Boolean).join(' ');
  return (
    <>
      <Reach contact={contact} />
      <MissingLinks contact={contact} />
      <Section title="Work">
        {person !== '' && person !== contact.name && <Property label="Person"><bdi><Marked text={person} /></bdi></Property>}
        {tags.length > 0 && (
          <Property label="Tags">{tags.map((tag) => <TagLabel key={tag.id} name={tag.name} color={tag.color} />)}</Property>
        )}
        {members.length > 0 && (
          <Property label="Members"><Names names={members.map(({ fullName }) => fullName)} /></Property>
        )}
        {projects.length > 0 && (
          <Property label="Projects"><Names names={projects.map(({ name }) => name)} /></Property>
        )}
        {contact.budget !== null && <Property label="Budget">{budgetWords(contact.budget, contact.budgetType)}</Property>}
        {contact.inviteStatus !== null && <Property label="Invitation">{inviteWords[contact.inviteStatus]}</Property>}
        {place?.fiscalInformation && (
          <Property label="Tax number" copy={place.fiscalInformation}><Marked text={place.fiscalInformation} /></Property>
        )}
      </Section>
      {contact.notes !== null && (
        <Section title="Notes" plain><p className={classes.notes} dir="auto"><Notes text={contact.notes} /></p></Section>
      )}
      {invoices.length > 0 && (
        <Section title="Invoices">
          {invoices.map((invoice) => (
            <Property key={invoice.id} label={`No. ${invoice.invoiceNumber}`}>
              {invoice.totalValue.toLocaleString()} {invoice.currency}
              <span className={classes.quiet}>{invoice.status.toLowerCase()}</span>
            </Property>
          ))}
        </Section>
      )}
      {extra !== null && <Suspense fallback={null}><ExtraProperties extra={extra} /></Suspense>}
      <p className={classes.times}>
        Created {longTime(contact.createdAt)}
        <br />
        Changed {longTime(contact.updatedAt)}
      </p>
    </>
  );
}

/** Names one after the other, each in the direction of its own script. */
function Names({ names }: { names: readonly string[] }): ReactNode {
  // Two may have the same name: only the order tells them apart.
  const items = names.map((name, order) => (
    <Fragment key={order}>{order > 0 && ', '}<bdi><Marked text={name} /></bdi></Fragment>
  ));
  return <span>{items}</span>;
}

function Notes({ text }: { text: string }): ReactNode {
  // The pieces of a text have no identity but their order.
  return linkedPieces(text).map((piece, order) => (
    piece.address === null
      ? <Marked key={order} text={piece.text} />
      : <OutsideLink key={order} address={piece.address}><Marked text={piece.text} /></OutsideLink>
  ));
}

/** How to reach the contact: mail, call, open, find on a map. */
function Reach({ contact: { primaryEmail, primaryPhone, imageUrl, contact: place, extra } }: { contact: Contact }): ReactNode {
  const lines = addressLines(place ?? {});
  const map = mapLink(place ?? {});
  const call = primaryPhone && phoneLink(primaryPhone);
  const further = (kind: 'mail' | 'tel' | 'url'): ReactNode =>
    extra !== null && <Suspense fallback={null}><FurtherReach extra={extra} kind={kind} /></Suspense>;
  return (
    <Section title="Reach">
      {primaryEmail && (
        <Property label="E-mail" copy={primaryEmail}>
          <OutsideLink address={mailLink(primaryEmail)}><Marked text={primaryEmail} /></OutsideLink>
        </Property>
      )}
      {further('mail')}
      {primaryPhone && (
        <Property label="Phone" copy={primaryPhone}>
          {call ? <OutsideLink address={call}><Phone text={primaryPhone} /></OutsideLink> : <Phone text={primaryPhone} />}
        </Property>
      )}
      {further('tel')}
      {place?.fax && <Property label="Fax" copy={place.fax}><Phone text={place.fax} /></Property>}
      {place?.website && (
        <Property label="Website" copy={place.website}>
          <OutsideLink address={websiteLink(place.website)}><Marked text={place.website} /></OutsideLink>
        </Property>
      )}
      {further('url')}
      {(lines.length > 0 || map !== null) && (
        <Property label="Address" copy={lines.join('\n')}>
          <address className={classes.address}>
            {/* Lines have no identity but their order. */}
            {lines.map((line, order) => <span key={order} className={classes.addressLine}><bdi><Marked text={line} /></bdi></span>)}
          </address>
          {map !== null && <OutsideLink address={map}>Show on the map</OutsideLink>}
        </Property>
      )}
      {imageUrl && (
        <Property label="Image" copy={imageUrl}><OutsideLink address={websiteLink(imageUrl)}>{imageUrl}</OutsideLink></Property>
      )}
    </Section>
  );
}

function Phone({ text }: { text: string }): ReactNode {
  return <bdi><Marked text={text} isNumber /></bdi>;
}

interface SectionProps {
  title: string;
  /** The content is no list of properties. */
  plain?: true;
  children: ReactNode;
}

function Section({ title, plain, children }: SectionProps): ReactNode {
  const Content = plain ? 'div' : 'dl';
  return (
    <section className={classes.section} aria-label={title}>
      <Content className={classes.properties}>{children}</Content>
    </section>
  );
}
