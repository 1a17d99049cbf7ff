import { readdirSync, readFileSync } from 'node:fs';
import { isEnumType } from 'graphql';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { schema } from '../build/schema.mjs';

const languages = ['kk', 'ru', 'en'] as const;

type Words = { [key: string]: string | Words };

const catalogue = (language: string, file: string) => JSON.parse(readFileSync(`src/words/${language}/${file}.json`, 'utf8')) as Words;

/** The keys of a catalogue with their texts. */
function flat(words: Words, above = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [[above + key, value] as const] : [...flat(value, `${above}${key}.`)])),
  );
}

/** A key without the ending of its plural form. */
const stem = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');

/** The values that are filled into a text. */
const filled = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!));

/** The words of a language that the glossary refuses. */
const refused = (language: string) =>
  [...readFileSync('../docs/words.md', 'utf8').matchAll(/^\| (kk|ru|en) \| `(.+?)` \|/gm)]
    .filter(([, spoken]) => spoken === language)
    .map(([, , word]) => ({ word: word!, pattern: new RegExp(`(?<!\\p{L})${word!.replaceAll('*', '\\p{L}*')}(?!\\p{L})`, 'iu') }));

/** Each of these Kazakh words requires a case of the value before it, whose ending would depend on the value. */
const decidesCase = /\}\}»?,? (дейін|шейін|бастап|кейін|соң|бұрын|бері|ішінде|күтеміз|беру)(?!\p{L})|\}\}-(?!(?:орын|фото|ауысым)\p{L}*)\p{L}/u;

/** A Russian verb or participle that would have to agree in gender with the value beside it. */
const hasGender = [
  /\((а|на|ла|ась)\)/,
  /\{\{(?!count)\w+\}\}[»”]?,? (?:(?:ещё|уже|не|теперь) )*\p{L}+(?:л|лся|[аеиыя]ла|[аеиыя]ло|[аеиыя]ли|л[аои]сь|[аеё]н|[ае]на|[ае]но|[ае]ны|ят|ята|ято|яты)(?!\p{L})/u,
  /^\p{Lu}\p{Ll}*(?:л|ла|лся|лась):? \{\{(?!count)/u,
];
const ofPerson = /^(MembershipState|SignupState|lead\.state|lead\.group|lead\.people\.checkIn)/;

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
  .map((name) => ts.createSourceFile(name, readFileSync(`src/${name}`, 'utf8'), ts.ScriptTarget.Latest, true, name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS));

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  node.forEachChild((child) => visit(child, look));
}

describe.each(languages)('the catalogue in %s', (language) => {
  const words = flat(catalogue(language, 'app'));

  test('has the keys that English has', () => {
    const [here, english] = [new Set([...words.keys()].map(stem)), new Set([...flat(catalogue('en', 'app')).keys()].map(stem))];
    expect([...english].filter((key) => !here.has(key)), 'missing').toEqual([]);
    expect([...here].filter((key) => !english.has(key)), 'in this language alone').toEqual([]);
  });

  test('has every plural form of the language, and no other', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const plural of new Set([...words.keys()].filter((key) => stem(key) !== key).map(stem))) {
      const there = [...words.keys()].filter((key) => key !== plural && stem(key) === plural).map((key) => key.slice(plural.length + 1));
      expect(there.toSorted(), plural).toEqual(forms);
    }
  });

  test('says nothing empty, and fills in what English fills in', () => {
    const english = flat(catalogue('en', 'app'));
    for (const [key, text] of words) {
      expect(text.trim(), key).toBe(text);
      expect(text, key).not.toBe('');
      expect(filled(text), key).toEqual(filled(english.get(key) ?? english.get(`${stem(key)}_other`)!));
    }
  });

  const all = new Map([...words, ...flat(catalogue(language, 'schema'))]);
  const where = (wrong: (text: string, key: string) => boolean) => [...all].filter(([key, text]) => wrong(text, key)).map(([key, text]) => `${key}: ${text}`);

  test('counts in plural forms alone', () => {
    expect(where((text, key) => stem(key) === key && /\{\{count\}\}\s(?!(?:of|из) \{\{)\p{L}/u.test(text))).toEqual([]);
  });

  test('has no word that the glossary refuses', () => {
    expect(refused(language).length).toBeGreaterThan(9);
    expect(refused(language).flatMap(({ word, pattern }) => where((text) => pattern.test(text)).map((found) => `${word} in ${found}`))).toEqual([]);
  });

  if (language === 'kk') {
    test('has nothing that decides the case of a value', () => expect(where((text) => decidesCase.test(text))).toEqual([]));
  }

  if (language === 'ru') {
    test('has nothing that has the gender of a value', () => {
      expect(where((text, key) => hasGender.some((wrong) => wrong.test(text)) || (ofPerson.test(key) && /^\p{L}+(л|ла|ён|ен|ан)(?!\p{L})/u.test(text)))).toEqual([]);
    });
  }

  test('has a word for every value of every enum of the schema', () => {
    // A history's states and reasons are shown with the words of the object's own enum.
    const enums = Object.values(schema.getTypeMap()).filter((type) => isEnumType(type) && !type.name.startsWith('__') && !['MoveState', 'MoveReason'].includes(type.name));
    const wanted = enums.flatMap((type) => (isEnumType(type) ? type.getValues().map(({ name }) => `${type.name}.${name}`) : []));
    expect([...flat(catalogue(language, 'schema')).keys()].toSorted()).toEqual(wanted.toSorted());
  });
});

test('no key is unused, and none that is used is missing, nor a value of its text', () => {
  const keys = new Set([...flat(catalogue('en', 'app')).keys()].map(stem));
  const ofSchema = new Set(flat(catalogue('en', 'schema')).keys());
  const enums = new Set([...ofSchema].map((key) => key.split('.')[0]));
  const english = flat(catalogue('en', 'app'));
  const needed = (key: string) => filled(english.get(key) ?? english.get(`${key}_other`) ?? '');
  const [used, missing] = [new Set<string>(), [] as string[]];
  for (const source of sources) {
    visit(source, (node) => {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 't' || !node.arguments[0]) return;
      const [key, values] = node.arguments;
      if (ts.isStringLiteral(key)) {
        used.add(key.text);
        if (!values || ts.isObjectLiteralExpression(values)) {
          const given = new Set(values?.properties.map((one) => one.name?.getText()));
          missing.push(...[...needed(key.text)].filter((name) => !given.has(name)).map((name) => `${source.fileName}: ${key.text} without ${name}`));
        }
        if (!keys.has(key.text) && !ofSchema.has(key.text)) missing.push(`${source.fileName}: ${key.text}`);
        return;
      }
      // A key with a variable part stands for its whole family.
      const family = ts.isTemplateExpression(key) && key.templateSpans.length === 1 ? key.head.text : '';
      const members = [...keys].filter((one) => family !== '' && one.startsWith(family));
      members.forEach((one) => used.add(one));
      if (members.length === 0 && !enums.has(family.slice(0, -1))) missing.push(`${source.fileName}: ${key.getText()}`);
    });
  }
  expect(missing).toEqual([]);
  expect([...keys].filter((key) => !used.has(key))).toEqual([]);
});

test('there is no text outside the catalogue', () => {
  const spoken = new Set(['aria-label', 'label', 'title', 'alt', 'placeholder', 'description', 'error', 'text', 'words', 'hint']);
  const found: string[] = [];
  for (const source of sources) {
    visit(source, (node) => {
      const inMarkup = ts.isJsxText(node) && /\p{L}/u.test(node.text);
      const inAttribute = ts.isJsxAttribute(node) && spoken.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer);
      const inCyrillic = (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) && /\p{Script=Cyrillic}/u.test(node.text);
      if (inMarkup || inAttribute || inCyrillic) found.push(`${source.fileName}: ${node.getText().trim()}`);
    });
  }
  expect(found).toEqual([]);
});
