import type { FieldName } from './import-record.ts';

/** Columns of an Outlook export by field, in the languages it is found in. Outlook translates its header. */
type Dictionary = Partial<Record<FieldName, readonly string[]>>;

const english: Dictionary = {
  firstName: ['First Name'],
  middleName: ['Middle Name'],
  lastName: ['Last Name'],
  company: ['Company'],
  address: ['Business Street', 'Home Street', 'Other Street'],
  address2: ['Business Street 2', 'Home Street 2', 'Other Street 2'],
  city: ['Business City', 'Home City', 'Other City'],
  regionCode: ['Business State', 'Home State', 'Other State'],
  postcode: ['Business Postal Code', 'Home Postal Code', 'Other Postal Code'],
  country: [
    'Business Country/Region', 'Home Country/Region', 'Other Country/Region', 'Business Country', 'Home Country',
    'Other Country',
  ],
  fax: ['Business Fax', 'Home Fax', 'Other Fax'],
  primaryPhone: [
    'Business Phone', 'Business Phone 2', 'Company Main Phone', 'Home Phone', 'Home Phone 2', 'Mobile Phone',
    'Car Phone', 'Other Phone', 'Primary Phone',
  ],
  primaryEmail: ['E-mail Address', 'E-mail 2 Address', 'E-mail 3 Address'],
  tags: ['Categories'],
  notes: ['Notes'],
  website: ['Web Page', 'Personal Web Page'],
};

const german: Dictionary = {
  firstName: ['Vorname'],
  middleName: ['Weitere Vornamen'],
  lastName: ['Nachname'],
  company: ['Firma'],
  address: ['Straße geschäftlich', 'Straße privat', 'Weitere Straße'],
  address2: ['Straße geschäftlich 2', 'Straße privat 2', 'Weitere Straße 2'],
  city: ['Ort geschäftlich', 'Ort privat', 'Weiterer Ort'],
  regionCode: [
    'Region geschäftlich', 'Region privat', 'Bundesland/Kanton geschäftlich', 'Bundesland/Kanton privat',
    'Weiteres/r Bundesland/Kanton', 'Weitere Region',
  ],
  postcode: ['Postleitzahl geschäftlich', 'Postleitzahl privat', 'Weitere Postleitzahl'],
  country: [
    'Land/Region geschäftlich', 'Land/Region privat', 'Weiteres/e Land/Region', 'Land geschäftlich', 'Land privat',
    'Weiteres Land',
  ],
  fax: ['Fax geschäftlich', 'Fax privat', 'Weiteres Fax'],
  primaryPhone: [
    'Telefon geschäftlich', 'Telefon geschäftlich 2', 'Telefon Firma', 'Telefon privat', 'Telefon privat 2',
    'Telefon (privat)', 'Telefon (privat 2)', 'Mobiltelefon', 'Mobiltelefon 2', 'Autotelefon', 'Weiteres Telefon',
    'Haupttelefon',
  ],
  primaryEmail: ['E-Mail-Adresse', 'E-Mail 2: Adresse', 'E-Mail 3: Adresse'],
  tags: ['Kategorien'],
  notes: ['Notizen'],
  website: ['Webseite'],
};

const french: Dictionary = {
  firstName: ['Prénom'],
  middleName: ['Deuxième prénom'],
  lastName: ['Nom'],
  company: ['Société'],
  address: ['Rue (bureau)', 'Rue (domicile)', 'Rue (autre)'],
  address2: ['Rue (bureau) 2', 'Rue (domicile) 2', 'Rue (autre) 2'],
  city: ['Ville (bureau)', 'Ville (domicile)', 'Ville (autre)'],
  regionCode: ['Dép/Région (bureau)', 'Dép/Région (domicile)', 'Dép/Région (autre)'],
  postcode: ['Code postal (bureau)', 'Code postal (domicile)', 'Code postal (autre)'],
  country: [
    'Pays/Région (bureau)', 'Pays/Région (domicile)', 'Pays/Région (autre)', 'Pays (bureau)', 'Pays (domicile)',
    'Pays (autre)',
  ],
  fax: ['Télécopie (bureau)', 'Télécopie (domicile)', 'Télécopie (autre)'],
  primaryPhone: [
    'Téléphone (bureau)', 'Téléphone 2 (bureau)', 'Téléphone société', 'Téléphone (domicile)',
    'Téléphone 2 (domicile)', 'Tél. mobile', 'Téléphone (voiture)', 'Téléphone (autre)', 'Téléphone principal',
  ],
  primaryEmail: [
    'Adresse de messagerie', 'Adresse de messagerie 2', 'Adresse de messagerie 3', 'Adresse de courrier',
    'Adresse de courrier 2', 'Adresse de courrier 3',
  ],
  tags: ['Catégories'],
  notes: ['Notes'],
  website: ['Page Web'],
};

const spanish: Dictionary = {
  firstName: ['Nombre'],
  middleName: ['Segundo nombre'],
  lastName: ['Apellidos', 'Apellido'],
  company: ['Organización', 'Compañía', 'Empresa'],
  address: ['Calle del trabajo', 'Calle del domicilio', 'Otra calle', 'Calle (trabajo)', 'Calle (particular)'],
  address2: ['Calle del trabajo 2', 'Calle 2 del trabajo', 'Calle del domicilio 2', 'Calle 2 del domicilio'],
  city: ['Ciudad de trabajo', 'Ciudad del trabajo', 'Ciudad del domicilio', 'Ciudad de residencia', 'Otra ciudad'],
  regionCode: [
    'Provincia o estado de trabajo', 'Provincia o estado del trabajo', 'Provincia o estado del domicilio',
    'Otra provincia o estado',
  ],
  postcode: ['Código postal del trabajo', 'Código postal del domicilio', 'Otro código postal'],
  country: ['País o región del trabajo', 'País o región del domicilio', 'Otro país o región'],
  fax: ['Fax del trabajo', 'Fax del domicilio', 'Fax particular', 'Otro fax'],
  primaryPhone: [
    'Teléfono del trabajo', 'Teléfono del trabajo 2', 'Número de centralita de la organización', 'Particular',
    'Teléfono particular', 'Teléfono móvil', 'Móvil', 'Teléfono del automóvil', 'Otro teléfono',
    'Teléfono principal',
  ],
  primaryEmail: [
    'Dirección de correo electrónico', 'Dirección de correo electrónico 2', 'Dirección de correo electrónico 3',
    'Dirección del correo electrónico', 'Dirección del correo electrónico 2', 'Dirección del correo electrónico 3',
  ],
  tags: ['Categorías'],
  notes: ['Notas'],
  website: ['Página web'],
};

export const outlookDictionaries: readonly Dictionary[] = [english, german, french, spanish];
