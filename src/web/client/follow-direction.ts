/** Lets a field for questions follow the direction of what is written in it; while it is empty, that of the page. */
export function followDirection(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('[data-empty-dir]')) {
    const follow = () => {
      field.dir = field.value.trim() === '' ? (field.dataset.emptyDir ?? 'auto') : 'auto';
    };
    field.addEventListener('input', follow);
    follow();
  }
}
