import { decodeText, findCharset } from './charset.ts';
import { extractText } from './html-text.ts';
import { joinSpaces } from './join-spaces.ts';
import type { PartNode } from './part.ts';
import type { BodyParts } from './select-body.ts';
import { decodeTransfer } from './transfer.ts';

const SNIPPET_LENGTH = 140;
/** Encoded bytes looked at: first few, then (behind a newsletter's long style sheet) more. */
const LOOK_AT = [8 * 1024, 160 * 1024] as const;

/** The first words of a message, at most 140 characters, one line. */
export function makeSnippet(body: BodyParts, bytes: Buffer): string {
  for (const part of [...body.text, ...body.html]) {
    const snippet = snipPart(part, bytes);
    if (snippet !== '') return snippet;
  }
  return '';
}

function snipPart(part: PartNode, bytes: Buffer): string {
  let snippet = '';
  for (const most of LOOK_AT) {
    const cut = part.end - part.start > most;
    const encoded = bytes.subarray(part.start, cut ? part.start + most : part.end);
    const decoded = decodeTransfer(encoded, part.encoding);
    const text = decodeText(decoded, findCharset(part, decoded));
    snippet = snip(cut ? text.replace(/\ufffd{1,3}$/, '') : text, part.type === 'text/html');
    if (!cut || snippet.length >= SNIPPET_LENGTH / 2) break;
  }
  return snippet;
}

const HTML_START = /^\s*(?:<!doctype html|<html|<head|<body|<div|<table|<p[ >]|<style|<meta)/i;

/** How much text is tidied for a snippet: mostly the first is enough, and it costs a third. */
const TIDY_AT_ONCE = [4 * SNIPPET_LENGTH, 16 * SNIPPET_LENGTH] as const;
/** What tidying at the end of a text may take away once more of it is there. */
const UNSURE = 10;

function snip(text: string, html: boolean): string {
  const isHtml = html || HTML_START.test(text);
  let line = '';
  for (const most of TIDY_AT_ONCE) {
    line = tidy(isHtml ? extractText(text, most / 2) : text.slice(0, most).replace(/^>.*$/gm, ''));
    if (line.length > SNIPPET_LENGTH + UNSURE) break;
  }
  // Own words before quoted ones, those before none.
  return shorten(line === '' && !isHtml ? tidy(text.slice(0, TIDY_AT_ONCE[1])) : line);
}

/** One line without the invisible characters with which newsletters fill their preview. */
function tidy(text: string): string {
  const seen = text.replace(
    /\u034f|\u17b4|[\u00ad\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    '',
  );
  return joinSpaces(seen)
    .replace(/([-=_*~#])\1{4,}/g, '')
    .trim();
}

function shorten(line: string): string {
  if (line.length <= SNIPPET_LENGTH) return line.toWellFormed();
  const last = line.charCodeAt(SNIPPET_LENGTH - 1);
  const whole = last >= 0xd800 && last <= 0xdbff ? SNIPPET_LENGTH - 1 : SNIPPET_LENGTH;
  return line.slice(0, whole).trim().toWellFormed();
}
