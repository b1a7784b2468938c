import { Button, Checkbox, createTheme, NativeSelect, PasswordInput, Radio, Textarea, TextInput } from '@mantine/core';

/** Sizes and habits of the controls; colours stand in `tokens.css`, as variables. */
export const theme = createTheme({
  primaryColor: 'teal',
  fontFamily: 'var(--font)',
  defaultRadius: 'md',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm' } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'sm' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'sm' } }),
    Radio: Radio.extend({ defaultProps: { size: 'sm' } }),
  },
});
