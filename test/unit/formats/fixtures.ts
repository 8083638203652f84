/** Exports as the programs write them: their whole header, and rows with the habits of each. */

const cells = (line: string) => line.split(',');

function table(header: readonly string[], ...rows: Readonly<Record<string, string>>[]): string {
  const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = rows.map((row) => header.map((column) => quote(row[column] ?? '')));
  for (const row of rows) {
    const stray = Object.keys(row).find((column) => !header.includes(column));
    if (stray !== undefined) throw new Error(`the fixture has no column ${stray}`);
  }
  return [header.map(quote), ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

export const google = table(
  cells(
    'First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,' +
    'Name Suffix,Nickname,' +
      'File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,' +
      'E-mail 1 - Label,E-mail 1 - Value,' +
      'E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,' +
      'Address 1 - Label,' +
      'Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,' +
      'Address 1 - Postal Code,' +
      'Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value,Custom Field 1 - Label,' +
      'Custom Field 1 - Value',
  ),
  {
    'First Name': 'Zoë', 'Middle Name': 'Maria', 'Last Name': 'Ångström', 'Organization Name': 'Nordlys AS',
    Birthday: '1980-02-29',
    Notes: 'Met in Oslo\nLikes tea', Labels: 'Friends ::: VIP ::: * myContacts ::: * starred',
    'E-mail 1 - Label': '* Work', 'E-mail 1 - Value': 'zoe@nordlys.example ::: zoe.a@nordlys.example',
    'E-mail 2 - Label': 'Home', 'E-mail 2 - Value': 'zoe@home.example',
    'Phone 1 - Label': 'Work Fax', 'Phone 1 - Value': '+47 22 00 00 01', 'Phone 2 - Label': 'Mobile',
    'Phone 2 - Value': '+47 (900) 12-345',
    'Address 1 - Label': 'Work', 'Address 1 - Formatted': 'Storgata 1\n0155 Oslo\nNO',
    'Address 1 - Street': 'Storgata 1',
    'Address 1 - City': 'Oslo', 'Address 1 - Postal Code': '0155', 'Address 1 - Country': 'NO',
    'Address 1 - Extended Address': '3rd floor',
    'Website 1 - Value': 'https://nordlys.example', 'Custom Field 1 - Label': 'Shoe size',
    'Custom Field 1 - Value': '39',
  },
  { 'Organization Name': 'Only A Company Ltd', Labels: '* myContacts' },
);

export const googleOld = table(
  cells(
    'Name,Given Name,Additional Name,Family Name,Yomi Name,Name Prefix,Name Suffix,Nickname,Birthday,Gender,Location,' +
    'Occupation,Notes,' +
      'Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,' +
      'Organization 1 - Name,' +
      'Organization 1 - Title,Website 1 - Type,Website 1 - Value',
  ),
  {
    Name: 'Ann Lee', 'Given Name': 'Ann', 'Family Name': 'Lee', 'Group Membership': '* My Contacts ::: Clients',
    'E-mail 1 - Type': '* Home', 'E-mail 1 - Value': 'ann@lee.example', 'Phone 1 - Type': 'Mobile',
    'Phone 1 - Value': '0151 234 567',
    'Organization 1 - Name': 'Lee & Sons',
  },
);

const outlookColumns =
  'Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,' +
  'Business Street 3,' +
  'Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home Street 2,Home Street 3,' +
  'Home City,' +
  "Home State,Home Postal Code,Home Country/Region,Other Street,Other City,Other State,Other Postal Code," +
  "Other Country/Region,Assistant's Phone," +
  'Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,' +
  'Home Phone 2,ISDN,Mobile Phone,' +
  'Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,TTY/TDD Phone,Telex,Account,Anniversary,Birthday,Categories,' +
  'E-mail Address,' +
  'E-mail Type,E-mail Display Name,E-mail 2 Address,Gender,Notes,Priority,Private,Sensitivity,Web Page';

export const outlook = table(
  cells(outlookColumns),
  {
    Title: 'Dr.', 'First Name': 'René', 'Last Name': 'Groß', Company: 'Groß & Co', 'Business Country/Region': 'Germany',
    'Home Street': 'Hauptstraße 5', 'Home City': 'Bonn', 'Home Postal Code': '53111', 'Home Country/Region': 'Germany',
    "Assistant's Phone": '0228 999', 'Business Fax': '0228 111', 'Business Phone': '', 'Home Phone': '0228 123456',
    'Mobile Phone': '0171 5555',
    Anniversary: '0/0/00', Birthday: '0/0/00', Categories: 'Business;VIP',
    'E-mail Address': '/o=ExchangeLabs/ou=Exchange/cn=rene',
    'E-mail Type': 'EX', 'E-mail 2 Address': 'rene@gross.example', Priority: 'Normal',
    'Web Page': 'http://gross.example',
  },
);

export const outlookBusinessCountry = table(cells(outlookColumns.replace('Business Country/Region', 'Business Country')), {
  'First Name': 'Amy', 'Business Street': '1 High St', 'Business City': 'Leeds', 'Business Country': 'United Kingdom',
  'E-mail Address': 'amy@leeds.example',
});

export const outlookGerman = table(
  cells(
    'Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,Straße geschäftlich,' +
    'Straße geschäftlich 2,Ort geschäftlich,' +
      'Region geschäftlich,Postleitzahl geschäftlich,Land/Region geschäftlich,Straße privat,Ort privat,' +
      'Bundesland/Kanton privat,' +
      'Postleitzahl privat,Land/Region privat,Fax geschäftlich,Telefon geschäftlich,Telefon privat,Mobiltelefon,' +
      'Geburtstag,Kategorien,' +
      'E-Mail-Adresse,E-Mail 2: Adresse,Notizen,Webseite',
  ),
  {
    Anrede: 'Frau', Vorname: 'Jana', Nachname: 'Müller', Firma: 'Müller GmbH', 'Straße geschäftlich': 'Ring 3',
    'Ort geschäftlich': 'Köln',
    'Region geschäftlich': 'NRW', 'Postleitzahl geschäftlich': '50667', 'Land/Region geschäftlich': 'Deutschland',
    'Ort privat': 'Bonn',
    'Fax geschäftlich': '0221 2', 'Telefon geschäftlich': '0221 1', Geburtstag: '0.0.00', Kategorien: 'Kunden',
    'E-Mail-Adresse': 'jana@mueller.example', Notizen: 'ruft an', Webseite: 'www.mueller.example',
  },
);

export const outlookFrench = table(
  cells(
    'Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Service,Rue (bureau),Ville (bureau),Dép/Région (bureau),' +
    'Code postal (bureau),' +
      "Pays/Région (bureau),Téléphone de l'assistant(e),Télécopie (bureau),Téléphone (bureau),Tél. mobile,Catégories," +
      "Adresse de messagerie,Notes,Page Web",
  ),
  {
    Prénom: 'Éloïse', Nom: 'Dupont', Société: 'Dupont SA', 'Rue (bureau)': '1 rue de Lyon', 'Ville (bureau)': 'Paris',
    'Code postal (bureau)': '75012', 'Pays/Région (bureau)': 'France', 'Téléphone (bureau)': '01 40 00 00 00',
    Catégories: 'Client', 'Adresse de messagerie': 'eloise@dupont.example',
  },
);

export const outlookSpanish = table(
  cells(
    'Título,Nombre,Segundo nombre,Apellidos,Sufijo,Organización,Puesto,Calle del trabajo,Ciudad de trabajo,' +
    'Provincia o estado de trabajo,' +
      'Código postal del trabajo,País o región del trabajo,Teléfono del trabajo,Teléfono móvil,Categorías,' +
      'Dirección de correo electrónico,Notas,Página web',
  ),
  {
    Nombre: 'Begoña', Apellidos: 'Núñez', Organización: 'Núñez SL', 'Calle del trabajo': 'Calle Mayor 1',
    'Ciudad de trabajo': 'Madrid',
    'País o región del trabajo': 'España', 'Teléfono móvil': '600 000 000',
    'Dirección de correo electrónico': 'bego@nunez.example',
  },
);

export const thunderbird = table(
  cells(
    'First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,' +
    'Fax Number,Pager Number,' +
      'Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,Work Address,' +
      'Work Address 2,Work City,' +
      'Work State,Work ZipCode,Work Country,Job Title,Department,Organization,Web Page 1,Web Page 2,Birth Year,' +
      'Birth Month,Birth Day,' +
      'Custom 1,Custom 2,Custom 3,Custom 4,Notes',
  ),
  {
    'First Name': 'Linus', 'Last Name': 'Berg', 'Display Name': 'Linus B.', 'Primary Email': 'linus@berg.example',
    'Secondary Email': 'lb@berg.example', 'Fax Number': '08-2', 'Mobile Number': '070-1', 'Work Address': 'Gatan 1',
    'Work City': 'Umeå',
    'Work ZipCode': '90325', 'Work Country': 'SE', Organization: 'Berg AB', 'Custom 1': 'chess',
  },
);

export const hubspot = table(
  cells(
    'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Lifecycle Stage,Create Date,' +
      'Associated Company,Associated Company IDs',
  ),
  {
    'Record ID': '51', 'First Name': 'Hu', 'Last Name': 'Spot', Email: 'hu@spot.example', 'Phone Number': '+1 555 0100',
    'Lifecycle Stage': 'Marketing Qualified Lead',
    'Create Date': '2025-01-31 10:00', 'Associated Company': 'Spot Inc',
  },
  { 'Record ID': '52', Email: 'only@spot.example', 'Lifecycle Stage': 'Subscriber' },
);

export const salesforce = table(
  cells(
    'First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Mailing State/Province,' +
      'Mailing Zip/Postal Code,Mailing Country,Phone,Fax,Mobile,Email,Account Owner',
  ),
  {
    'First Name': 'Sal', 'Last Name': 'Force', Title: 'CEO', 'Account Name': 'Force LLC', 'Mailing Street': '1 Main St',
    'Mailing City': 'Reno',
    'Mailing State/Province': 'NV', 'Mailing Zip/Postal Code': '89501', 'Mailing Country': 'USA',
    Mobile: '(775) 555-0100', Email: 'sal@force.example',
  },
);
