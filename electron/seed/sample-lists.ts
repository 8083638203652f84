/** The tags of a sample book with their colours, the most used first. */
export const sampleTags: readonly (readonly [name: string, color: string])[] = [
  ['Newsletter', '#1c7ed6'], ['VIP', '#e03131'], ['Trade fair', '#f08c00'], ['Wholesale', '#2f9e44'], ['Press', '#9c36b5'],
  ['Follow up', '#e8590c'], ['Retail', '#0c8599'], ['Reference', '#66a80f'], ['Long-standing', '#3b5bdb'], ['Export', '#c2255c'],
  ['Family business', '#099268'], ['Public sector', '#495057'], ['University', '#6741d9'], ['Hospital', '#d6336c'],
  ['Start-up', '#f59f00'], ['Non-profit', '#37b24d'], ['Investor', '#1098ad'], ['Recruiting', '#7048e8'], ['Supplier', '#74b816'],
  ['Late payer', '#c92a2a'], ['Prepaid', '#1971c2'], ['Christmas card', '#2b8a3e'], ['Board member', '#862e9c'],
  ['Speaks French', '#364fc7'], ['Speaks Japanese', '#a61e4d'], ['Alumni', '#5c940d'], ['Beta tester', '#0b7285'],
  ['Conference 2019', '#868e96'], ['Journalist', '#d9480f'], ['Do not call', '#212529'],
];

/** The employees of a sample book, the busiest first. */
export const sampleEmployees: readonly string[] = [
  'Maren Holm', 'Tomasz Wiśniewski', 'Aylin Demir', 'Noah Brandt', 'Chiara Ricci', 'Kenji Watanabe', 'Inês Carvalho',
  'Freya Jónsdóttir', 'Samuel Okafor', 'Priya Nair', 'Lucas Lefèvre', 'Yara Haddad',
];

export const sampleProjects: readonly string[] = [
  'Website relaunch', 'Spring catalogue', 'Warehouse move', 'Annual report', 'Office in Lisbon', 'Customer survey', 'New price list',
  'Trade fair stand', 'Data protection audit', 'Mobile application', 'Packaging redesign', 'Partner programme', 'Energy saving',
  'Apprenticeship scheme', 'Spare parts shop', 'Anniversary', 'Translation of manuals', 'Service contracts', 'Pilot plant',
  'Archive of drawings',
];

export const sampleInvoiceCount = 50;
