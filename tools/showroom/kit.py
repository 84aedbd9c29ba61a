"""What the showroom is made of: the cars, the figures, the colours and the places."""

COLOURS = {"red": "c4121a", "white": "f3f3f1", "yellow": "f5bd0a",
           "silver": "a3a6ab", "blue": "1646b4", "black": "08080a"}
SETTINGS = ["forest", "desert", "urban", "racetrack", "coast"]
POSITIONS = "ABCDEFGH"
TYPES = ["SUV", "hatchback", "sedan", "sports", "cabriolet", "MPV", "van"]

# name: type, folder, paint materials, length, width (m)
CARS = {
    "suv": ("SUV", "scopia/suv", "firstcolor", 4.6, 1.95),
    "chevrolet": ("sports", "scopia/chevrolet", "firstcolor", 4.4, 1.85),
    "van": ("van", "scopia/van", "firstcolor", 5.1, 2.0),
    "smart": ("hatchback", "scopia/smart-car", "first-color+second-color", 2.7, 1.6),
    "peugeot-308": ("cabriolet", "scopia/peugeot-308", "color-exterior", 4.4, 1.82),
    "scenic": ("MPV", "scopia/renault-scenic", "color-beige-green", 4.4, 1.85),
    "leon": ("hatchback", "scopia/seat_leon", "chapa_roja", 4.3, 1.77),
    "beetle": ("hatchback", "katorlegaz/VW-new-beetle", "PAINT_yellow", 4.1, 1.75),
    "concept-1": ("sedan", "katorlegaz/concept-sedan-01v1", "Car", 4.7, 1.85),
    "concept-2": ("sports", "katorlegaz/concept-sedan-02-sport", "PAINT_lt_blue", 4.6, 1.85),
}

# name: folder, height (m)
FIGURES = {
    "woman-1": ("reallusion/female01", 1.70), "woman-2": ("reallusion/female02", 1.70),
    "woman-3": ("reallusion/female03", 1.68), "man-1": ("reallusion/male01", 1.80),
    "man-2": ("reallusion/male02", 1.80), "man-3": ("reallusion/male03", 1.78),
    "girl": ("reallusion/girlStanding", 1.45), "boy": ("reallusion/boyStanding", 1.50),
    "man-suit": ("katorlegaz/male-01-suit", 1.82),
    "woman-casual": ("katorlegaz/female-01-casual-clothing", 1.70),
}

# What no picture of the campaign shows: only for held-out scenes, which measure networks trained on the campaign.
HELD_OUT_CARS = {
    "concept-1b": ("sedan", "katorlegaz/concept-sedan-01v2", "Car", 4.56, 1.85),
    "concept-2b": ("sedan", "katorlegaz/concept-sedan-02", "PAINT_lt_blue", 4.4, 1.85),
    "focus": ("hatchback", "blendswap-cc-by/fordFocus", "carPaint", 4.36, 1.82),
}
HELD_OUT_FIGURES = {
    "woman-4": ("reallusion/holdingFemale01", 1.70), "woman-5": ("reallusion/holdingFemale02", 1.70),
    "woman-6": ("reallusion/holdingFemale03", 1.68), "man-4": ("reallusion/holdingMale01", 1.80),
    "mannequin-man": ("scopia/mannequinMale", 1.84), "mannequin-woman": ("scopia/mannequinBrunette", 1.72),
}
# setting: environment picture; a name with .exr is a file beside the models, another one of Blender's own
HELD_OUT_SKIES = {"forest": "forest.exr", "urban": "city.exr"}

# classes in masks written with --classes
CLASSES = {"car": 1, "person": 2, "ground": 3, "vegetation": 4, "building": 5, "water": 6, "sky": 7}
MATERIALS = {
    "ground": ["soil", "sand", "rock", "road", "line", "pavement", "track", "grass", "kerb", "quay", "beach", "shore",
               "headland"],
    "vegetation": ["leaves", "bark", "cactus", "palm"],
    "building": ["facade", "post", "rail", "tyre", "seat", "board", "bollard", "hull"],
    "water": ["sea", "foam"],
}
