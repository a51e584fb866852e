// The page of a call: its root, and what its elements are called.

export const root = document.getElementById("content");
export const part = (name) => root.querySelector(`[data-part=${name}]`);
