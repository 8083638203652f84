import { split, type Culture } from '../culture.ts';

export const greece: Culture = {
  country: 'GR',
  women: split(`Ελένη|eleni Μαρία|maria Κατερίνα|katerina Βασιλική|vasiliki Σοφία|sofia Αγγελική|angeliki Γεωργία|georgia
    Δήμητρα|dimitra Ιωάννα|ioanna Παναγιώτα|panagiota Χριστίνα|christina Ευαγγελία|evangelia Ζωή|zoi Φωτεινή|fotini
    Αθηνά|athina Καλλιόπη|kalliopi`),
  men: split(`Γιώργος|giorgos Δημήτρης|dimitris Κώστας|kostas Γιάννης|giannis Νίκος|nikos Παναγιώτης|panagiotis Βασίλης|vasilis
    Χρήστος|christos Θανάσης|thanasis Μιχάλης|michalis Ευάγγελος|evangelos Σπύρος|spyros Αντώνης|antonis Ηλίας|ilias
    Λεωνίδας|leonidas Οδυσσέας|odysseas`),
  families: split(`Παπαδόπουλος|papadopoulos Αναγνωστόπουλος|anagnostopoulos Γιαννόπουλος|giannopoulos Δημόπουλος|dimopoulos
    Χριστόπουλος|christopoulos Γεωργιάδης|georgiadis Ιωαννίδης|ioannidis Αντωνιάδης|antoniadis Παυλίδης|pavlidis
    Οικονομίδης|oikonomidis Θεοδωρίδης|theodoridis Μαρκάκης|markakis Σταματάκης|stamatakis Παπαδάκης|papadakis
    Βλαχάκης|vlachakis Ξυλούρης|xylouris`),
  feminine: (family) => family.replace(/όπουλος$/, 'οπούλου').replace(/([ίάύ])(\S)ης$/, '$1$2η').replace(/(ίδ|άδ)η$/, '$1ου'),
  trades: split('Φούρνος Τυπογραφείο Κατασκευές Βιβλιοπωλείο Μεταφορές Έπιπλα Ναυτιλιακή Ελαιώνες Υφάσματα Τεχνική'),
  companies: ['{trade} {family} Α.Ε.', 'Αφοί {family} Ο.Ε.', '{trade} {city}', '{family} & Υιοί', '{trade} Μ.Ι.Κ.Ε.'],
  phone: {
    callingCode: '30',
    trunk: '',
    patterns: ['21 0%## ####', '2310 %## ###', '69%# ### ###', '2810 %## ###'],
    separators: [' ', '-'],
  },
  streets: ['Οδός Ερμού', 'Λεωφόρος Συγγρού', 'Πατησίων', 'Πλατεία Συντάγματος', 'Αγίου Δημητρίου', 'Ακαδημίας'],
  streetLine: (street, number) => `${street} ${number}`,
  cities: [
    ['Αθήνα', 'I', '10% ##'], ['Θεσσαλονίκη', 'B', '54% ##'], ['Πάτρα', 'G', '26% ##'], ['Ηράκλειο', 'M', '71% ##'], ['Ιωάννινα', 'D', '45% ##'],
  ],
  notes: ['Τηλέφωνο μόνο το πρωί.', 'Περιμένει προσφορά.', 'Γνωριστήκαμε στην έκθεση.'],
};

export const turkey: Culture = {
  country: 'TR',
  women: split(`Ayşe Fatma Zeynep Elif Gülşen Şule Çiğdem Özlem İpek Işıl Nurgül Ümmühan Hülya Müge Sıla Tuğba Yağmur Ülkü Ebru
    Gönül`),
  men: split(`Mehmet Mustafa Ahmet İbrahim İsmail Hüseyin Çağlar Özgür Şükrü Oğuz Gökhan Barış Tuğrul Yiğit Ömer Ümit Ercan Işık
    Doğan Cüneyt`),
  families: split(`Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt
    Özkan Şimşek Polat Özgür Tekin Güneş Işık Erdoğan Gündoğdu Iğdır`),
  trades: split('Fırın Matbaa İnşaat Kitabevi Nakliyat Mobilya Danışmanlık Gıda Tekstil Çinicilik'),
  companies: ['{family} {trade} A.Ş.', '{trade} {family} Ltd. Şti.', '{city} {trade}', '{family} Kardeşler', '{family} ve Oğulları'],
  phone: {
    callingCode: '90',
    trunk: '0',
    patterns: ['212 %## ## ##', '216 %## ## ##', '312 %## ## ##', '532 %## ## ##', '505 %## ## ##'],
    separators: [' ', '-'],
    brackets: true,
  },
  streets: ['İstiklal Caddesi', 'Atatürk Bulvarı', 'Bağdat Caddesi', 'Gül Sokak', 'Çınar Sokağı', 'Cumhuriyet Meydanı'],
  streetLine: (street, number) => `${street} No: ${number}`,
  cities: [
    ['İstanbul', '34', '34###'], ['Ankara', '06', '06###'], ['İzmir', '35', '35###'], ['Eskişehir', '26', '26###'],
    ['Şanlıurfa', '63', '63###'], ['Diyarbakır', '21', '21###'],
  ],
  notes: ['Öğleden sonra aranacak.', 'Teklif bekliyor.', 'Fuarda tanıştık.'],
};

export const egypt: Culture = {
  country: 'EG',
  women: split(`فاطمة|fatma مريم|mariam نور|nour سارة|sara ياسمين|yasmin هدى|hoda سلمى|salma ليلى|layla عائشة|aisha منى|mona
    أمينة|amina دينا|dina رانيا|rania زينب|zeinab`),
  men: split(`محمد|mohamed أحمد|ahmed محمود|mahmoud علي|ali حسن|hassan يوسف|youssef عمر|omar إبراهيم|ibrahim خالد|khaled
    طارق|tarek مصطفى|mostafa كريم|karim سامي|sami جورج|george`),
  families: split(`حسن|hassan علي|ali إبراهيم|ibrahim السيد|elsayed محفوظ|mahfouz الشناوي|elshenawy عبدالرحمن|abdelrahman
    منصور|mansour سليمان|soliman فهمي|fahmy شوقي|shawky رمضان|ramadan غالي|ghali الحكيم|elhakim زكي|zaki بطرس|boutros
    النجار|elnaggar حداد|haddad`),
  trades: split('مخبز مطبعة مقاولات مكتبة نقل أثاث استشارات منسوجات'),
  companies: ['شركة {family} {trade}', '{trade} {family}', 'مؤسسة {family}', '{trade} {city}', 'أولاد {family}'],
  phone: {
    callingCode: '20',
    trunk: '0',
    patterns: ['2 2%## ####', '3 5%# ####', '10 %### ####', '12 %### ####'],
    separators: [' ', '-'],
  },
  streets: ['شارع التحرير', 'شارع النيل', 'شارع الجمهورية', 'ميدان طلعت حرب', 'شارع الأزهر', 'كورنيش البحر'],
  streetLine: (street, number) => `${number} ${street}`,
  cities: [['القاهرة', 'C', '11###'], ['الإسكندرية', 'ALX', '21###'], ['الجيزة', 'GZ', '12###'], ['أسوان', 'ASN', '81###'], ['المنصورة', 'DK', '35###']],
  notes: ['يفضل الاتصال بعد الظهر.', 'في انتظار عرض السعر.', 'التقينا في المعرض.'],
};

export const israel: Culture = {
  country: 'IL',
  women: split('נועה|noa תמר|tamar שירה|shira יעל|yael מיכל|michal רחל|rachel אסתר|esther דינה|dina ענת|anat טליה|talia חוה|hava רות|ruth'),
  men: split('דוד|david יוסף|yosef משה|moshe אברהם|avraham איתי|itay נועם|noam אורי|uri יונתן|yonatan גיל|gil עמית|amit רון|ron שלמה|shlomo'),
  families: split(`כהן|cohen לוי|levi מזרחי|mizrahi פרץ|peretz ביטון|biton דהן|dahan אברהם|avraham פרידמן|friedman מלכה|malka
    אזולאי|azulay כץ|katz יוסף|yosef עמר|amar חדד|hadad גבאי|gabay בן־דוד|bendavid שפירא|shapira`),
  trades: split('מאפייה דפוס בנייה ספרים הובלות רהיטים ייעוץ טקסטיל'),
  companies: ['{trade} {family} בע״מ', 'אחים {family}', '{family} ובניו', '{trade} {city}', '{family} {trade}'],
  phone: { callingCode: '972', trunk: '0', patterns: ['2 5## ####', '3 %## ####', '50 5## ####', '54 4## ####'], separators: ['-', ' '] },
  streets: ['רחוב הרצל', 'שדרות רוטשילד', 'רחוב יפו', 'דיזנגוף', 'רחוב ביאליק', 'דרך בגין'],
  streetLine: (street, number) => `${street} ${number}`,
  cities: [['תל אביב־יפו', 'TA', '6%#####'], ['ירושלים', 'JM', '9%#####'], ['חיפה', 'HA', '3%#####'], ['באר שבע', 'D', '8%#####']],
  notes: ['להתקשר אחרי הצהריים.', 'ממתין להצעת מחיר.'],
};
