import type { FieldName } from './import-record.ts';

/** What people call the columns of their own lists, in the languages such lists come in. */
export const synonyms: Partial<Record<FieldName, readonly string[]>> = {
  name: [
    'name', 'full name', 'display name', 'contact', 'contact name', 'customer name', 'client name', 'person',
    'vollständiger name', 'anzeigename', 'kontakt', 'kontaktname', 'ansprechpartner', 'kunde', 'kundenname', 'nom',
    'nom complet', "nom d'affichage", 'nom à afficher', 'nombre', 'nombre completo', 'nome', 'nome completo', 'naam',
    'volledige naam', 'navn', 'namn', 'nazwa', 'imię i nazwisko', 'jméno', 'név', 'ad soyad', 'имя и фамилия', 'фио',
    'контакт', '氏名', '名前', 'お名前', '姓名', '이름', '성명',
  ],
  firstName: [
    'first name', 'firstname', 'given name', 'forename', 'vorname', 'prénom', 'nombre de pila', 'primer nombre',
    'nome próprio', 'primeiro nome', 'voornaam', 'fornavn', 'förnamn', 'imię', 'křestní jméno', 'keresztnév', 'ad',
    'имя', '名',
  ],
  middleName: ['middle name', 'additional name', 'weitere vornamen', 'deuxième prénom', 'segundo nombre', 'отчество'],
  lastName: [
    'last name', 'lastname', 'surname', 'family name', 'nachname', 'familienname', 'zuname', 'nom de famille',
    'apellido', 'apellidos', 'cognome', 'sobrenome', 'apelido', 'achternaam', 'etternavn', 'efternavn', 'efternamn',
    'nazwisko', 'příjmení', 'vezetéknév', 'soyad', 'фамилия', '姓', '苗字', '성',
  ],
  company: [
    'company', 'company name', 'organization', 'organisation', 'organization name', 'account name', 'business name',
    'employer', 'firma', 'firmenname', 'unternehmen', 'société', 'entreprise', 'raison sociale', 'empresa',
    'compañía', 'organización', 'azienda', 'ditta', 'società', 'bedrijf', 'bedrijfsnaam', 'firmanavn', 'företag',
    'virksomhed', 'cég', 'şirket', 'компания', 'организация', 'фирма', '会社', '会社名', '公司', '회사',
  ],
  contactType: [
    'type', 'contact type', 'kind', 'customer type', 'lifecycle stage', 'typ', 'kontakttyp', 'kontaktart', 'art',
    'type de contact', 'tipo', 'tipo de contacto', 'tipo di contatto', 'тип', '種別', '类型',
  ],
  primaryEmail: [
    'email', 'e-mail', 'mail', 'email address', 'e-mail address', 'primary email', 'work email', 'business email',
    'email 1', 'email 2', 'secondary email', 'e-mail-adresse', 'mailadresse', 'emailadresse', 'courriel',
    'adresse e-mail', 'adresse électronique', 'adresse mail', 'correo', 'correo electrónico', 'posta elettronica',
    'indirizzo e-mail', 'correio eletrónico', 'e-mailadres', 'epost', 'e-post', 'e-posta', 'poczta',
    'электронная почта', 'почта', 'эл. почта', 'メール', 'メールアドレス', '邮箱', '电子邮件', '이메일',
  ],
  primaryPhone: [
    'phone', 'phone number', 'telephone', 'tel', 'mobile', 'mobile phone', 'cell', 'cell phone', 'primary phone',
    'work phone', 'business phone', 'home phone', 'office phone', 'main phone', 'phone 1', 'phone 2',
    'mobile number', 'telefon', 'telefonnummer', 'rufnummer', 'handy', 'handynummer', 'mobil', 'mobiltelefon',
    'mobilnummer', 'festnetz', 'telefon geschäftlich', 'telefon privat', 'téléphone', 'tél', 'portable',
    'mobile phone number', 'téléphone portable', 'teléfono', 'móvil', 'celular', 'telefono', 'cellulare', 'telefone',
    'telemóvel', 'telefoon', 'telefoonnummer', 'mobiel', 'puhelin', 'komórka', 'telefonszám', 'телефон', 'мобильный',
    '電話', '電話番号', '携帯', '携帯電話', '电话', '手机', '전화', '전화번호', '휴대폰',
  ],
  website: [
    'website', 'web site', 'web page', 'webpage', 'homepage', 'url', 'web', 'website url', 'webseite', 'internet',
    'site web', 'site', 'sitio web', 'página web', 'sito web', 'сайт', 'ウェブサイト', '网站', '홈페이지',
  ],
  address: [
    'address', 'street', 'street address', 'address 1', 'address line 1', 'street 1', 'mailing street', 'adresse',
    'straße', 'strasse', 'anschrift', 'straße und hausnummer', 'rue', 'voie', 'dirección', 'calle', 'domicilio',
    'indirizzo', 'via', 'morada', 'endereço', 'rua', 'adres', 'straat', 'gate', 'gata', 'ulica', 'utca', 'улица',
    'адрес', '住所', '地址', '주소',
  ],
  address2: [
    'address 2', 'address line 2', 'street 2', 'adresszusatz', "complément d'adresse", 'adresse 2', 'dirección 2',
    '住所2',
  ],
  city: [
    'city', 'town', 'locality', 'ort', 'stadt', 'wohnort', 'ville', 'commune', 'ciudad', 'población', 'localidad',
    'città', 'comune', 'cidade', 'plaats', 'woonplaats', 'by', 'stad', 'miasto', 'město', 'város', 'şehir', 'город',
    '市', '市区町村', '城市', '도시',
  ],
  regionCode: [
    'state', 'region', 'province', 'state/region', 'state/province', 'county', 'bundesland', 'kanton', 'région',
    'département', 'provincia', 'estado', 'regione', 'provincie', 'województwo', 'регион', 'область', '都道府県', '省',
  ],
  postcode: [
    'zip', 'zip code', 'zipcode', 'postcode', 'post code', 'postal code', 'zip/postal code', 'plz', 'postleitzahl',
    'code postal', 'cp', 'código postal', 'codice postale', 'cap', 'cep', 'postcode/plz', 'postnummer',
    'kod pocztowy', 'psč', 'irányítószám', 'индекс', 'почтовый индекс', '郵便番号', '邮编', '우편번호',
  ],
  country: [
    'country', 'country/region', 'land', 'staat', 'pays', 'país', 'pais', 'paese', 'nazione', 'kraj', 'země',
    'ország', 'ülke', 'страна', '国', '国家', '국가',
  ],
  fax: ['fax', 'fax number', 'faxnummer', 'telefax', 'télécopie', 'факс', 'ファックス', 'fax番号', '传真'],
  fiscalInformation: [
    'tax id', 'tax number', 'vat', 'vat number', 'vat id', 'fiscal information', 'ust-id', 'ust-idnr',
    'steuernummer', 'umsatzsteuer-id', 'siret', 'siren', 'numéro de tva', 'tva', 'nif', 'cif', 'partita iva',
    'codice fiscale', 'nip', 'инн',
  ],
  latitude: ['latitude', 'lat', 'breitengrad', 'latitud', 'latitudine'],
  longitude: ['longitude', 'lon', 'lng', 'long', 'längengrad', 'longitud', 'longitudine'],
  budget: ['budget', 'presupuesto', 'orçamento', 'бюджет', '予算'],
  budgetType: ['budget type', 'budgetart', 'type de budget'],
  notes: [
    'notes', 'note', 'comment', 'comments', 'remarks', 'description', 'notizen', 'notiz', 'bemerkung', 'bemerkungen',
    'kommentar', 'remarque', 'remarques', 'commentaire', 'commentaires', 'notas', 'observaciones', 'comentarios',
    'osservazioni', 'opmerkingen', 'uwagi', 'заметки', 'примечание', 'комментарий', '備考', 'メモ', '备注', '메모',
  ],
  inviteStatus: ['invite status', 'invitation status'],
  imageUrl: ['image url', 'photo url', 'picture url', 'avatar', 'avatar url'],
  tags: [
    'tags', 'tag', 'labels', 'label', 'categories', 'category', 'groups', 'group', 'keywords', 'kategorien',
    'kategorie', 'gruppe', 'gruppen', 'schlagwörter', 'étiquettes', 'catégories', 'catégorie', 'groupe', 'etiquetas',
    'categorías', 'categoría', 'categorie', 'etichette', 'теги', 'метки', 'タグ', '标签',
  ],
  members: ['members', 'assigned to', 'mitarbeiter', 'betreuer'],
  projects: ['projects', 'project', 'projekte', 'projekt', 'projets', 'proyectos'],
  uid: ['uid', 'uuid'],
};
