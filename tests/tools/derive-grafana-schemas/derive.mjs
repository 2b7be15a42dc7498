// Writes one JSON Schema for each type below, from the declarations in @grafana/schema.
// Texts and `required` are left out: Grafana fills what is missing, so only what is there can be wrong.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

const types = fileURLToPath(new URL('node_modules/@grafana/schema/dist/types/raw/', import.meta.url));
const dashboard = 'dashboard/x/types.gen.d.ts';
const kind = (name) => `composable/${name}/panelcfg/x/types.gen.d.ts`;

const roots = {
  dashboard: [dashboard, 'Dashboard'],
  panel: [dashboard, 'Panel'],
  row: [dashboard, 'RowPanel'],
  'bargauge.options': [kind('bargauge'), 'Options'],
  'gauge.options': [kind('gauge'), 'Options'],
  'heatmap.custom': [kind('heatmap'), 'FieldConfig'],
  'heatmap.options': [kind('heatmap'), 'Options'],
  'stat.options': [kind('stat'), 'Options'],
  'state-timeline.custom': [kind('statetimeline'), 'FieldConfig'],
  'state-timeline.options': [kind('statetimeline'), 'Options'],
  'table.custom': [kind('table'), 'FieldConfig'],
  'table.options': [kind('table'), 'Options'],
  'text.options': [kind('text'), 'Options'],
  'timeseries.custom': [kind('timeseries'), 'FieldConfig'],
  'timeseries.options': [kind('timeseries'), 'Options'],
};

// A property may itself be called `description` or `required`: names of properties are never dropped.
const words = new Set(['$comment', 'default', 'deprecated', 'description', 'required']);

function lean(schema) {
  if (Array.isArray(schema)) return schema.map(lean);
  if (schema === null || typeof schema !== 'object') return schema;
  const kept = Object.keys(schema).filter((key) => !words.has(key)).sort();
  return Object.fromEntries(kept.map((key) => [key, named.has(key) ? each(schema[key]) : lean(schema[key])]));
}

const named = new Set(['definitions', 'properties']);
const each = (schemas) => Object.fromEntries(Object.keys(schemas).sort().map((key) => [key, lean(schemas[key])]));

const target = process.argv[2];
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const [name, [path, type]] of Object.entries(roots)) {
  const options = { path: join(types, path), type, skipTypeCheck: true, topRef: false, additionalProperties: false };
  writeFileSync(join(target, `${name}.json`), JSON.stringify(lean(createGenerator(options).createSchema(type))) + '\n');
}
