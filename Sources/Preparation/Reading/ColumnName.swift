/// What a column's name says about its values.
package struct ColumnName: Sendable {
    /// In small letters, without digits.
    package let words: [String]

    package init(_ name: String) {
        var words: [String] = []
        var word = ""
        var previous: Character = " "
        for character in name {
            // A capital behind a small letter begins a word: birthDate.
            let begins = character.isUppercase && previous.isLowercase
            if begins || !character.isLetter {
                words.append(word)
                word = ""
            }
            if character.isLetter { word += character.lowercased() }
            previous = character
        }
        self.words = (words + [word]).filter { !$0.isEmpty }
    }

    private func says(_ known: Set<String>, endings: [String] = [], except: Set<String> = [])
        -> Bool
    {
        words.contains { word in
            known.contains(word)
                || !except.contains(word) && endings.contains { word.hasSuffix($0) }
        }
    }

    /// Dates of any kind.
    package var saysDate: Bool {
        saysBirth
            || says(
                ["day", "dt", "datum", "fecha", "jour", "joined", "opened", "closed", "since"],
                endings: ["date", "datum"],
                except: ["update", "candidate", "mandate", "validate", "intermediate"])
    }

    package var saysBirth: Bool {
        says(
            ["birth", "born", "dob", "birthday", "geburtsdatum", "naissance", "nacimiento"],
            endings: ["birthdate", "birthday"])
    }

    /// Telephone numbers, whose values are digits but no numbers.
    package var saysTelephone: Bool {
        says(
            ["phone", "telephone", "tel", "mobile", "fax", "msisdn", "telefon"], endings: ["phone"])
    }

    package var saysAge: Bool { says(["age"]) }

    package var saysLatitude: Bool { says(["lat", "latitude"]) }

    package var saysLongitude: Bool { says(["lon", "lng", "long", "longitude"]) }
}
