// Package unitest helps others test what they build on package uni: generators of
// models and profiles, a slow second writer and reader of the fields, and vectors
// of the questions calls.encode and calls.decode that any language can read.
//
// Every code and address here is made up.
package unitest
