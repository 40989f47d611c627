/** A template with its slots filled: {sites} as it is, {Sites} with a capital. What has no value stays. */
export function fill(template: string, slots: Readonly<Record<string, string>>): string {
  return template.replace(
    /\{(\w+)\}/g,
    (whole, name: string) =>
      slots[name] ?? (name[0] === name[0]!.toUpperCase() ? capital(slots[name.toLowerCase()] ?? whole) : whole),
  );
}

/** The text with its first letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
