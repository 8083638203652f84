/*
 * Words by which lines of a signature are known, in the languages of Europe, the Americas and East Asia. They only guess:
 * a person sees the result in a form before anything is saved.
 */

/** Legal forms and other words that only companies and institutions carry. */
export const companyWords = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:gmbh|mbh|ag|kg|ohg|e\.\s?v\.|ug|se|ltd\.?|limited|plc|llp|llc|inc\.?|corp\.?|corporation|company|` +
    String.raw`s\.?a\.?s\.?|s\.?a\.?r\.?l\.?|s\.?a\.?|s\.?l\.?u?\.?|lda\.?|ltda\.?|s\.?p\.?a\.?|s\.?r\.?l\.?|b\.?v\.?|n\.?v\.?|ab|` +
    String.raw`a/s|aps|as|oyj?|o[üu]|sp\.?\s?z\s?o\.?\s?o\.?|d\.?o\.?o\.?|s\.?r\.?o\.?|a\.?s\.?|kft\.?|zrt\.?|pty|pte|` +
    String.raw`group|holding|university|universit[äéy]t?|universidad|universidade|institut[eo]?|foundation|stiftung|bank|partners|` +
    String.raw`studio|consulting|solutions|technologies|logistics)(?![\p{L}\p{N}])|` +
    String.raw`株式会社|有限会社|合同会社|有限公司|公司|주식회사|ооо|зао|оао|тов`,
  'iu',
);

/** Words of a job. */
export const jobWords = new RegExp(
  String.raw`(?<![\p{L}])(?:c[efto]o|cmo|cio|vp|president|chair(?:wo)?man|founder|co-founder|owner|partner|director|manager|head of|lead|` +
    String.raw`engineer|developer|designer|architect|consultant|analyst|assistant|officer|secretary|accountant|lawyer|attorney|` +
    String.raw`sales|marketing|professor|researcher|editor|buyer|purchasing|` +
    String.raw`leiter(?:in)?|geschäftsführer(?:in)?|\p{L}*leitung|\p{L}*leiter(?:in)?|\p{L}*berater(?:in)?|\p{L}*assistenz|sachbearbeiter(?:in)?|ingenieur(?:in)?|vertrieb|einkauf|` +
    String.raw`directeur|directrice|responsable|chef|chargée?|ingénieure?|gérante?|commercial(?:e)?|président(?:e)?|` +
    String.raw`director(?:a)?|gerente|jef[ea]|ingenier[oa]|responsable|abogad[oa]|coordinador(?:a)?|` +
    String.raw`diret(?:or|ora)|engenheir[oa]|sócio|direttore|direttrice|responsabile|ingegnere|titolare|` +
    String.raw`directeur|hoofd|verkoop|försäljning|säljare|chef|vd|salgschef|daglig leder|projektleder|` +
    String.raw`dyrektor|kierownik|prezes|inżynier|ředitel|jednatel|директор|менеджер|инженер|начальник)(?![\p{L}])|部長|課長|係長|社長|取締役|经理|總經理|总经理|대표|부장|과장`,
  'iu',
);

/** How letters end, and what mail programs write before a signature: never a name. */
export const closing = new RegExp(
  String.raw`^(?:(?:best|kind|warm|many)?\s*(?:regards|wishes|thanks)|thanks?(?: you)?|cheers|sincerely|yours\b.*|sent from my .*|` +
    String.raw`(?:mit )?(?:freundlichen|besten|herzlichen|viele|liebe)\s+grü(?:ß|ss)en?|viele grüße|beste grüße|freundliche grüsse|i\.\s?a\.|i\.\s?v\.|mfg|lg|vg|` +
    String.raw`(?:bien )?cordialement|bien à vous|salutations.*|saludos(?: cordiales)?|atentamente|un saludo|` +
    String.raw`(?:com os melhores )?cumprimentos|atenciosamente|abraços?|cordiali saluti|distinti saluti|` +
    String.raw`(?:met )?vriendelijke groet(?:en)?|(?:med )?vänliga? hälsningar?|(?:med )?venlig hilsen|(?:med )?vennlig hilsen|mvh|` +
    String.raw`(?:z )?pozdraw.*|s pozdravem|с уважением|よろしくお願い.*|敬具|此致|敬礼|감사합니다|envoyé de mon .*|von meinem .* gesendet)\s*[,.!。]*$`,
  'iu',
);

/** What stands before a value on the same line, by field. */
export const labels = {
  name: /^(?:full )?(?:name|nom|nombre|nome|namn|navn|имя|姓名|氏名|이름)$/iu,
  company: /^(?:company|organi[sz]ation|firma|unternehmen|société|entreprise|empresa|azienda|bedrijf|företag|virksomhed|компания|会社|公司)$/iu,
  jobTitle: /^(?:(?:job )?title|position|role|funktion|fonction|cargo|puesto|ruolo|functie|должность)$/iu,
  website: /^(?:web|website|web ?site|www|url|internet|homepage|site|sitio|sito|w)$/iu,
  email: /^(?:e-?mail|mail|email address|courriel|correo|e-?post|e|почта)$/iu,
  phone: /^(?:t|p|tel|tél|telephone|téléphone|telefon|teléfono|telefone|telefono|telefoon|phone|office|büro|direct|direkt|durchwahl|d|switchboard|zentrale|fon|ph|тел|電話|电话|전화)\.?$/iu,
  mobile: /^(?:m|mob|mobile|mobil|cell|handy|portable|móvil|movil|celular|telemóvel|cellulare|gsm|mobiel|komórka|моб|携帯|手机|휴대폰|h)\.?$/iu,
  fax: /^(?:f|fax|telefax|télécopie|faks|факс|ファックス|传真|팩스)\.?$/iu,
} as const;
export type LabelName = keyof typeof labels;
