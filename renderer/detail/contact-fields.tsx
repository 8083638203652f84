import { Suspense, type ReactNode } from 'react';
import type { Contact } from '../../shared/contact.ts';
import { lazy } from '../app/lazy.ts';
import { budgetWords, inviteWords, longTime } from '../contacts/contact-words.ts';
import { TagLabel } from '../contacts/tag-label.tsx';
import classes from './contact-fields.module.css';
import { addressLines, mailLink, mapLink, phoneLink, websiteLink } from './links.ts';
import { OutsideLink, Property } from './property.tsx';

const ExtraProperties = lazy(async () => {
  const { ExtraProperties: component } = await import('./extra-properties.tsx');
  return { default: component };
});

/** All that the book knows of a contact, in the order in which people look for it. Empty fields take no room. */
export function ContactFields({ contact }: { contact: Contact }): ReactNode {
  const { contact: place, tags = [], members = [], projects = [], invoices = [], extra } = contact;
  const person = [place?.firstName, place?.lastName].filter(Boolean).join(' ');
  return (
    <>
      <Reach contact={contact} />
      <Section title="Work">
        {person !== '' && person !== contact.name && <Property label="Person"><bdi>{person}</bdi></Property>}
        {tags.length > 0 && (
          <Property label="Tags">{tags.map((tag) => <TagLabel key={tag.id} name={tag.name} color={tag.color} />)}</Property>
        )}
        {members.length > 0 && (
          <Property label="Members">{members.map(({ id, fullName }) => <bdi key={id} className={classes.item}>{fullName}</bdi>)}</Property>
        )}
        {projects.length > 0 && (
          <Property label="Projects">{projects.map(({ id, name }) => <bdi key={id} className={classes.item}>{name}</bdi>)}</Property>
        )}
        {contact.budget !== null && <Property label="Budget">{budgetWords(contact.budget, contact.budgetType)}</Property>}
        {contact.inviteStatus !== null && <Property label="Invitation">{inviteWords[contact.inviteStatus]}</Property>}
        {place?.fiscalInformation && (
          <Property label="Tax number" copy={place.fiscalInformation}>{place.fiscalInformation}</Property>
        )}
      </Section>
      {contact.notes !== null && (
        <Section title="Notes" plain><p className={classes.notes} dir="auto">{contact.notes}</p></Section>
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

/** How to reach the contact: mail, call, open, find on a map. */
function Reach({ contact: { primaryEmail, primaryPhone, imageUrl, contact: place } }: { contact: Contact }): ReactNode {
  const lines = addressLines(place ?? {});
  const map = mapLink(place ?? {});
  const call = primaryPhone && phoneLink(primaryPhone);
  return (
    <Section title="Reach">
      {primaryEmail && (
        <Property label="E-mail" copy={primaryEmail}>
          <OutsideLink address={mailLink(primaryEmail)}>{primaryEmail}</OutsideLink>
        </Property>
      )}
      {primaryPhone && (
        <Property label="Phone" copy={primaryPhone}>
          {call ? <OutsideLink address={call}><bdi>{primaryPhone}</bdi></OutsideLink> : <bdi>{primaryPhone}</bdi>}
        </Property>
      )}
      {place?.fax && <Property label="Fax" copy={place.fax}><bdi>{place.fax}</bdi></Property>}
      {place?.website && (
        <Property label="Website" copy={place.website}>
          <OutsideLink address={websiteLink(place.website)}>{place.website}</OutsideLink>
        </Property>
      )}
      {(lines.length > 0 || map !== null) && (
        <Property label="Address" copy={lines.join('\n')}>
          <address className={classes.address} dir="auto">{lines.join('\n')}</address>
          {map !== null && <OutsideLink address={map}>Show on the map</OutsideLink>}
        </Property>
      )}
      {imageUrl && (
        <Property label="Image" copy={imageUrl}><OutsideLink address={websiteLink(imageUrl)}>{imageUrl}</OutsideLink></Property>
      )}
    </Section>
  );
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
