import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Input.css';
import { createTheme, Input, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import field from './field.module.css';

/** Mantine's behaviour under the app's own looks. Its style elements are left out: the hub's policy allows files alone. */
const theme = createTheme({
  fontFamily: 'var(--text)',
  components: {
    Input: Input.extend({ classNames: { input: field.input, section: field.section } }),
    InputWrapper: Input.Wrapper.extend({
      classNames: { root: field.root, label: field.label, description: field.description, error: field.error, required: field.required },
      defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] },
    }),
  },
});

export function Look({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      {children}
    </MantineProvider>
  );
}
