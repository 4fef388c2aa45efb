// Package uni writes and reads the texts in which calls are communicated: the model
// UNI_Intermittenti (form code ML-15-01), the e-mail that carries one model, and the
// text message. It is the only package that knows the form's element names,
// constants and patterns; package calls asks what the law asks.
//
//   - [Encode] writes a communication as the texts to send. It asks calls.Assess about
//     the rows together and about each model that they are divided into, and writes
//     nothing when one is in breach. Use [Models], [Profile.Encode], [Mail] and [SMS]
//     directly to write a text without the legal checks.
//   - [Decode] says what a text communicates, with [Read] for models and [ReadSMS] for
//     messages. [ReadMail] takes the model out of a saved e-mail, and [ReadMessage]
//     also says whether something else is attached.
//   - [Learn] derives from one genuine file how your own PDF viewer writes the model,
//     and [Profile.Diff] compares a file with a profile.
//
// # Legal basis
//
// Art. 15, comma 3, D.Lgs. 81/2015: each call or cycle of calls is communicated
// before it starts. D.I. 27 March 2013: by the portal, by e-mail with the model, by
// text message for work within twelve hours. Circular 27/2013: ten rows a model. INL
// letter 8716 of 9 October 2019: one model an e-mail.
//
// # There is no official schema
//
// Neither the Ministry nor the inspectorate has published a schema of the model or
// the rules of the system that receives it. This package follows the data of the form
// itself (the PDF of November 2012; later editions seen in part have the same names)
// and what programs in use send. Nothing was tested against the receiving system, and
// no text of this package says that anything was or will be accepted. The proof of a
// communication is the copy that was sent: keep it.
//
// # What is written
//
// The model has the 45 elements of the form in its order, always ten groups of rows,
// days DD/MM/YYYY, a single day (chiamata di un solo giorno) without end, the form
// code twice because the page has two bar codes, and the flag 1 for cancellations
// (annullamento). [Profile] holds what can be otherwise, above all the [Envelope].
//
// # What is read
//
// [Read] takes what other programs write, and codes as offices hold them. Each
// departure from the form is a [Finding] with its place; [Model.Check] adds what the
// form's own script would not let through. An [Error] of a [Kind] refuses document
// types, entities, other character sets, more than 1 MiB, deep nesting, a second
// model, an element given twice, rows beyond ten, and days that do not exist.
//
// # Not covered
//
// The model as a PDF, which the Ministry takes by e-mail too; the message formats of
// 2012; the portal and the app, which have no public interface; sending. It is not
// known whether a cancellation must repeat the hire's code, how a text message that
// cancels picks its call, and whether the form's receiver takes e-mail addresses that
// end in more than three letters.
//
// # History
//
// The form of ten rows dates from 26 November 2012; before it there was a form of six
// workers or ten periods. The channels of today date from 3 July 2013. The mailbox
// changed twice: see calls.Mailbox.
package uni
