export const withSelfLink =
  (origin: string, collection: string) =>
  <Item extends { readonly id: string }>(item: Item) => ({
    ...item,
    links: { self: `${origin}/identity/v3/${collection}/${item.id}` },
  });
