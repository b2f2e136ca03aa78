export const tagsView = (tags: readonly string[]) => ({ tags });
