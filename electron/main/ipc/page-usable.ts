/** Sent by the preload itself, once, when the page has marked its root element with `data-usable`. */
export const PAGE_USABLE = 'app:page-usable';
