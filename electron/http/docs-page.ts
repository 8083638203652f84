import type { OpenApiDocument, OpenApiOperation, OpenApiParameter } from './openapi.ts';

/** The document as a page that needs nothing but itself: no script, one style that carries the nonce. */
export function docsPage(document: OpenApiDocument, styleNonce: string): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = Map.groupBy(operations, ({ operation }) => operation.tags[0] ?? '');
  const sections = [...groups].map(
    ([tag, members]) =>
      `<section><h2>${escape(tag)}</h2>${members.map((each) => operationHtml(document, each)).join('')}</section>`,
  );
  const { title, version, description } = document.info;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} API</title>
<style nonce="${styleNonce}">${style}</style>
</head>
<body>
<main>
<h1>${escape(title)} API <small>${escape(version)}</small></h1>
<p>${escape(description)}</p>
<p>Send <code>Authorization: Bearer fbk_…</code> with every call. The same as data:
<a href="/api/openapi.json">openapi.json</a>.</p>
${sections.join('\n')}
</main>
</body>
</html>
`;
}

interface Entry {
  path: string;
  method: string;
  operation: OpenApiOperation;
}

function operationHtml(document: OpenApiDocument, { path, method, operation }: Entry): string {
  const parameters = operation.parameters.map((parameter) => resolve(document, parameter));
  const body = Object.entries(operation.requestBody?.content ?? {});
  const rows = parameters.map(parameterHtml).join('');
  return `<details>
<summary>
<b class="${method}">${method.toUpperCase()}</b> <code>${escape(path)}</code> <span>${escape(operation.summary)}</span>
</summary>
<p>${escape(operation.description)}</p>
${rows === '' ? '' : `<table><caption>Parameters</caption>${rows}</table>`}
${body.map(([type, { schema }]) => schemaHtml(`Body: ${type}`, schema)).join('')}
${Object.entries(operation.responses).map(([status, response]) => responseHtml(document, status, response)).join('')}
</details>`;
}

function parameterHtml({ name, in: place, required, description, schema, content }: OpenApiParameter): string {
  const note = description ?? JSON.stringify(schema ?? content);
  const where = required ? `${place}, required` : place;
  return `<tr><th scope="row"><code>${escape(name)}</code></th><td>${where}</td><td>${escape(note)}</td></tr>`;
}

function responseHtml(document: OpenApiDocument, status: string, response: unknown): string {
  const { description, content } = resolve(document, response as ResponseObject | { $ref: string });
  if (!status.startsWith('2')) return `<p class="refusal"><b>${status}</b> ${escape(description)}</p>`;
  return Object.entries(content ?? {}).map(([type, { schema }]) => schemaHtml(`${status}: ${type}`, schema)).join('');
}

interface ResponseObject {
  description: string;
  content?: Record<string, { schema: unknown }>;
}

function schemaHtml(title: string, schema: unknown): string {
  return `<details><summary>${escape(title)}</summary><pre>${escape(JSON.stringify(schema, null, 2))}</pre></details>`;
}

/** What a reference into the document's components points to; anything else is itself. */
function resolve<T extends object>(document: OpenApiDocument, part: T | { $ref: string }): T {
  if (!('$ref' in part)) return part;
  const [, , kind = '', name = ''] = part.$ref.split('/');
  return document.components[kind]?.[name] as T;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 small { font-size: 1rem; font-weight: normal; opacity: .7; }
h2 { margin: 2rem 0 .5rem; }
details { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 6px; }
details { margin: .4rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; }
summary span { opacity: .75; }
summary b { display: inline-block; min-width: 4.5em; }
.get { color: light-dark(#0b62c4, #7ab8ff); } .post { color: light-dark(#1a7f37, #6fdd8b); }
.put { color: light-dark(#8a5a00, #f0c060); } .delete { color: light-dark(#b42318, #ff9b92); }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; overflow-wrap: anywhere; }
pre { overflow: auto; max-height: 30rem; } .refusal { margin: .1rem 0; }
`;
