/// What a column's name says about its values.
struct ColumnName {
    private let words: [String]

    init(_ name: String) {
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
    var saysDate: Bool {
        saysBirth
            || says(
                ["day", "dt", "datum", "fecha", "jour", "joined", "opened", "closed", "since"],
                endings: ["date", "datum"],
                except: ["update", "candidate", "mandate", "validate", "intermediate"])
    }

    var saysBirth: Bool {
        says(
            ["birth", "born", "dob", "birthday", "geburtsdatum", "naissance", "nacimiento"],
            endings: ["birthdate", "birthday"])
    }

    /// Telephone numbers, whose values are digits but no numbers.
    var saysTelephone: Bool {
        says(
            ["phone", "telephone", "tel", "mobile", "fax", "msisdn", "telefon"], endings: ["phone"])
    }

    var saysAge: Bool { says(["age"]) }

    var saysLatitude: Bool { says(["lat", "latitude"]) }

    var saysLongitude: Bool { says(["lon", "lng", "long", "longitude"]) }
}
