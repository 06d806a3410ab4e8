/** What an article is called where a name is needed: its title, or its id when it has none. */
export function articleName({
  articleId,
  title,
}: {
  readonly articleId: string;
  readonly title: string;
}): string {
  return title.trim() === '' ? articleId : title;
}
