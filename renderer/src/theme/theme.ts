import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent: deep blue. Shade 7 on white has 8.3:1, shade 3 on the dark ground 8:1. */
const accent: MantineColorsTuple = [
  '#eef4fc',
  '#dce7f6',
  '#b5cdec',
  '#8ab1e3',
  '#5f93d6',
  '#3d78c4',
  '#2763b0',
  '#1d4f91',
  '#184278',
  '#12345f',
];

const inputs = { defaultProps: { size: 'xs' } };

export const theme = createTheme({
  fontFamily: "'Be Vietnam Pro', 'Segoe UI', system-ui, sans-serif",
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  defaultRadius: 4,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '0.8125rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.125rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.4', md: '1.4', lg: '1.4', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  headings: { fontFamily: 'inherit', fontWeight: '600' },
  components: {
    Button: { defaultProps: { size: 'compact-sm', variant: 'default' } },
    TextInput: inputs,
    Textarea: inputs,
    Select: inputs,
    MultiSelect: inputs,
    Autocomplete: inputs,
    PasswordInput: inputs,
    Modal: { defaultProps: { transitionProps: { duration: 0 }, centered: true } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    Combobox: { defaultProps: { transitionProps: { duration: 0 } } },
  },
});
