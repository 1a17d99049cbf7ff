import type app from './en/app.json';
import type schema from './en/schema.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof app & typeof schema };
  }
}
