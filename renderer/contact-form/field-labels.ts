import type { BudgetType, ContactType, InviteStatus } from '../../shared/contact.ts';
import type { FormField } from './form-values.ts';

/** The name of each field, as the form and its messages write it, in the order of the form. */
export const fieldLabels: Readonly<Record<FormField, string>> = {
  name: 'Name',
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  jobTitle: 'Job title',
  contactType: 'Type',
  primaryEmail: 'E-mail',
  primaryPhone: 'Phone',
  website: 'Website',
  fax: 'Fax',
  tags: 'Tags',
  members: 'Members',
  projects: 'Projects',
  budget: 'Budget',
  budgetType: 'Budget in',
  fiscalInformation: 'Tax number',
  inviteStatus: 'Invitation',
  isActive: 'Active',
  isArchived: 'Archived',
  address: 'Address',
  address2: 'Address, second line',
  postcode: 'Postcode',
  city: 'City',
  regionCode: 'Region',
  country: 'Country',
  latitude: 'Latitude',
  longitude: 'Longitude',
  notes: 'Notes',
  details: 'More details',
};

export const contactTypeLabels: Readonly<Record<ContactType, string>> = {
  CUSTOMER: 'Customer',
  CLIENT: 'Client',
  LEAD: 'Lead',
  VENDOR: 'Vendor',
  PARTNER: 'Partner',
};

export const budgetTypeLabels: Readonly<Record<BudgetType, string>> = { HOURS: 'Hours', COST: 'Money' };

export const inviteStatusLabels: Readonly<Record<InviteStatus, string>> = {
  NOT_INVITED: 'Not invited',
  INVITED: 'Invited',
  ACCEPTED: 'Accepted',
};
