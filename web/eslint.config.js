// What the compiler cannot find: hooks that are called conditionally, and stories that look once and not until it is so.
import parser from '@typescript-eslint/parser';
import hooks from 'eslint-plugin-react-hooks';

export default [
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/schema.d.ts'], // generated
    languageOptions: { parser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error' },
  },
  {
    files: ['stories/**/*.ts'],
    languageOptions: { parser },
    rules: {
      'no-restricted-syntax': ['error', { selector: 'CallExpression[callee.name=expect] > AwaitExpression', message: 'A page is never quite ready: await expect.poll(() => …).' }],
    },
  },
];
