/** Buildx reads some options as a line of comma-separated values. https://pkg.go.dev/encoding/csv */
export function csvField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
